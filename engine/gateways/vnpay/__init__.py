"""VNPAY 2.1.0, the payment gateway: `merchant` signs, `paying` sends people there, `answers` reads
what it says, `asking` asks it."""
