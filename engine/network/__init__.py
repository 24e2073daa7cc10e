"""Layers in a row and their calculus."""
