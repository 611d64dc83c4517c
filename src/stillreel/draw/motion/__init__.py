"""Panels that move: planar layers, camera moves, puppets, weather and the house encoder."""
