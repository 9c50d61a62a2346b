"""Layers: functions and Modules, grouped by what they do."""
