"""MiniFlow Studio's window: PySide6 on top of miniflow. It shows; miniflow computes."""
