"""What falls due, and who is told: gathered from each app, compared with today, sent once for each urgency and user."""
