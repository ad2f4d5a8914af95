"""What people do about plans. Only these modules write. One module a journey."""
