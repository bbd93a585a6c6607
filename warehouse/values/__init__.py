"""Texts as offices write them, to typed values: numbers, targets, periods, codes, answers, personal data."""
