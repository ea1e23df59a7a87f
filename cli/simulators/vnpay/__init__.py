"""VNPAY 2.1.0 as far as a merchant sees it: a page for payers, IPN, querydr and refund.

It signs by itself, as VNPAY's documentation says, and shares no code with the house.
"""
