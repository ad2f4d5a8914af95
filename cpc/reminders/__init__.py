"""What falls due, and who is told: gathered from each app, compared with today, sent once a stage and person."""
