"""Liquid, as Jekyll reads it."""
