"""The invented council, and the check that does the whole main job as its people would, over HTTP."""
