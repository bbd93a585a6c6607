"""The evidence pack: what one unit's figures of one period rest on, provable later without the warehouse.

``parts`` gathers what goes in, ``container`` seals it in one file whose every byte is proven.
"""
