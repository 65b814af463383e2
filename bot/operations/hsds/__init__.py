"""Services in and out as HSDS 3 JSON, the format that Open Referral UK and other directories exchange."""
