"""Typed rows -> figures, each with its way back; printed values are kept beside ours."""
