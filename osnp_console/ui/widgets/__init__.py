"""The widgets every panel is made of: fields with their three states, buttons, chips, marks, titles.

Each takes a theme first and paints itself from it; none knows a rule of care.
"""
