"""What stands under the canvas: the timeline and its buttons; strips that say when a run is not the document's own."""
