"""The ten questions of the chair’s quality check, by field. The model, the form and the count follow this list."""

QUALITY = {
    "in_time": "Was it received and shared in time?",
    "each_child": "Does it say something of its own about each child?",
    "child_heard": "Is the child’s voice in it, in their own words where possible?",
    "family_heard": "Are the views of the parents and carers in it?",
    "facts_marked": "Is it clear what was seen, told, alleged and found?",
    "chronology": "Are the important events there, with their dates?",
    "strengths": "Does it say what works well and keeps the children safe?",
    "analysed": "Does it say what the facts mean for each child?",
    "clear_view": "Does it come to a clear view, with reasons?",
    "plain": "Is it in plain words that the family can follow?",
}
