"""The canvas: the document drawn, and the gestures that edit it."""
