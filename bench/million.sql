-- Who works here. Users: 1 service manager, 2 system administrator, 3 out of hours, 11–30 administrators,
-- 101… chairs, 1001… team managers, 2001… social workers (eight a team), 100001… professionals.
FILL accounts_agency FROM generate_series(1, 200) a
  id := a
  name := 'Agency ' || a
  kind := (array['school', 'police', 'health_visiting', 'gp'])[1 + a % 4];
FILL accounts_team FROM generate_series(1, {teams}) t
  id := t
  name := 'Team ' || t
  kind := 'social_work'
  manager_id := 1000 + t;
CREATE TEMP TABLE bench_user AS
  SELECT 1 AS id, 'service_manager' AS role, NULL::int AS team UNION ALL SELECT 2, 'system_administrator', NULL
  UNION ALL SELECT 3, 'out_of_hours', NULL
  UNION ALL SELECT 10 + n, 'administrator', NULL FROM generate_series(1, 20) n
  UNION ALL SELECT 100 + n, 'chair', NULL FROM generate_series(1, {chairs}) n
  UNION ALL SELECT 1000 + n, 'team_manager', n FROM generate_series(1, {teams}) n
  UNION ALL SELECT 2000 + n, 'social_worker', 1 + n % {teams} FROM generate_series(1, 8 * {teams}) n
  UNION ALL SELECT 100000 + n, 'professional', NULL FROM generate_series(1, {professionals}) n;
FILL accounts_user FROM bench_user u JOIN bench_first f ON f.n = u.id % {firsts} JOIN bench_last l ON l.n = (u.id * 7) % {lasts}
  id := u.id
  email := role || u.id || '@example.org'
  first_name := f.word
  last_name := l.word
  is_active := true
  team_id := team
  agency_id := CASE WHEN role = 'professional' THEN 1 + u.id % 200 END;
FILL accounts_roleheld FROM bench_user
  user_id := id
  role := role;
FILL convening_room FROM generate_series(1, {chairs}) r
  id := r
  name := 'Room ' || r
  is_active := true;
-- Families: the latest opened last. Children 4f-3 and 4f-2, adults 4f-1 and 4f.
CREATE TEMP TABLE bench_family AS SELECT f, floor({lasts} * power(random(), 2))::int AS last,
  1 + f % {teams} AS team, 2001 + f % (8 * {teams}) AS worker FROM generate_series(1, {families}) f;
CREATE UNIQUE INDEX ON bench_family (f);
ANALYZE bench_family;
FILL cases_family FROM bench_family b JOIN bench_last l ON l.n = b.last JOIN bench_number c ON c.n = b.f
  id := f
  name := l.word
  case_number := 'CN-' || lpad(f::text, 7, '0')
  restricted := f % 100 = 0
  restricted_kind := CASE WHEN f % 100 = 0 THEN 'staff' ELSE '' END
  restricted_reason := CASE WHEN f % 100 = 0 THEN 'Bench' ELSE '' END
  team_id := team
  social_worker_id := worker
  opened_on := current_date - (({families} - f) * 6000.0 / {families})::int
  search_index := l.search_index || c.search_index;
CREATE TEMP TABLE bench_person AS SELECT p, (p + 3) / 4 AS f, floor({firsts} * power(random(), 1.5))::int AS first,
  CASE WHEN p % 4 = 0 THEN floor({lasts} * power(random(), 2))::int END AS own FROM generate_series(1, 4 * {families}) p;
FILL people_person FROM bench_person b JOIN bench_family x ON x.f = b.f JOIN bench_first f ON f.n = b.first JOIN bench_last l ON l.n = coalesce(b.own, x.last)
  id := p
  first_name := f.word
  last_name := l.word
  sex := (array['F', 'M'])[1 + p % 2]
  born_on := current_date - CASE WHEN p % 4 IN (1, 2) THEN (p::bigint * 7919 % 6500)::int ELSE 8000 + (p::bigint * 7919 % 10000)::int END
  case_system_id := CASE WHEN p % 4 IN (1, 2) THEN 'P' || p ELSE '' END
  nhs_number := CASE WHEN p % 3 = 0 THEN lpad(p::text, 10, '9') ELSE '' END
  upn := CASE WHEN p % 4 = 1 THEN 'A' || lpad(p::text, 12, '0') ELSE '' END
  first_language := 'English'
  search_index := f.search_index || l.search_index;
-- Every word of a name, and as many that nobody there has: the names of a million people have a hundred thousand words.
CREATE TEMP TABLE bench_word AS SELECT DISTINCT lower(word) AS each FROM (
  SELECT word FROM bench_first UNION SELECT word FROM bench_last UNION
  (SELECT a.word || lower(b.word) FROM bench_last a CROSS JOIN bench_last b WHERE (a.n + b.n) % 31 = 0 LIMIT 100000)
  ) AS known WHERE length(word) BETWEEN 4 AND 60;
FILL people_nameword FROM bench_word
  word := each;
FILL people_personname FROM bench_person b JOIN bench_last l ON l.n = (p * 13) % {lasts} WHERE p % 20 = 0
  person_id := p
  kind := 'former'
  last_name := l.word;
FILL people_membership FROM bench_person
  id := p
  family_id := f
  person_id := p
  part := CASE WHEN p % 4 IN (1, 2) THEN 'child' ELSE 'parent' END;
FILL people_relationship FROM generate_series(1, {families}) f CROSS JOIN (VALUES (3, 1), (3, 2), (2, 1), (2, 2)) AS tie (adult, child)
  adult_id := 4 * f - 3 + adult
  child_id := 4 * f - 4 + child
  kind := CASE adult WHEN 2 THEN 'mother' ELSE 'father' END
  parental_responsibility := true
  main_carer := adult = 2;
FILL people_household FROM generate_series(1, {families}) f
  id := f
  family_id := f
  name := 'Home'
  is_main := true;
FILL people_householdmember FROM bench_person WHERE p % 4 > 0
  household_id := f
  person_id := p;
FILL people_address FROM bench_person WHERE p % 4 IN (0, 3)
  id := p
  person_id := p
  kind := 'home'
  lines := p || ' Orchard Way, Exampleton'
  postcode := 'ZZ1 1AA';
FILL people_protection FROM bench_person WHERE p % 200 = 0
  person_id := p
  detail := 'address'
  address_id := p
  source := 'judgement'
  reason := 'Bench'
  from_everyone := true
  agreed_by_id := 1001
  recorded_on := current_date - 1000
  review_on := CASE WHEN f > {families} - {open_plans} / 2 THEN current_date + 30 END
  ended_on := CASE WHEN f <= {families} - {open_plans} / 2 THEN current_date - 500 END
  end_reason := CASE WHEN f <= {families} - {open_plans} / 2 THEN 'Bench' ELSE '' END;
FILL people_warningmarker FROM generate_series(1, {families}) f WHERE f % 40 = 0
  family_id := f
  kind := 'risk_to_workers'
  source := 'judgement'
  reason := 'Bench'
  agreed_by_id := 1001
  ended_on := CASE WHEN f <= {families} - {open_plans} / 2 THEN current_date - 500 END;
FILL people_involvement FROM bench_person b CROSS JOIN generate_series(0, 2) j WHERE p % 4 IN (1, 2)
  child_id := p
  agency_id := 1 + (p + j) % 200
  professional_id := 100001 + (p * 3 + j) % {professionals}
  from_on := current_date - 2000
  to_on := CASE WHEN f <= {families} - {open_plans} THEN current_date - 500 END;
FILL cases_accessgrant FROM bench_family CROSS JOIN generate_series(0, 5) j WHERE f % 100 = 0
  family_id := f
  user_id := (array[worker, 1000 + team, 101 + f / 100 % {chairs}, 11 + f / 100 % 20, 1, 2001 + f / 100 % (8 * {teams})])[1 + j]
  granted_by_id := 1000 + team
  reason := 'Bench'
  from_on := CASE WHEN f > {families} - {open_plans} THEN current_date - 30 ELSE current_date - 800 END
  until_on := CASE WHEN f > {families} - {open_plans} THEN current_date + 90 ELSE current_date - 700 END;
FILL cases_declaredconflict FROM bench_user u CROSS JOIN generate_series(1, 2) j WHERE u.id < 100000
  user_id := u.id
  family_id := 1 + (u.id * 31 + j) % {families}
  reason := 'Bench'
  declared_by_id := u.id
  declared_on := current_date - 100;
FILL cases_emergencyaccess FROM generate_series(1, greatest(20, {families} / 1000)) e
  user_id := 3
  family_id := 1 + (e * 7919) % {families}
  reason := 'Bench'
  opened_at := now() - e * interval '12 hours'
  until_on := (now() - e * interval '12 hours')::date
  reviewed_at := CASE WHEN e > 5 THEN now() END
  reviewed_by_id := CASE WHEN e > 5 THEN 1 END
  outcome := CASE WHEN e > 5 THEN 'right' ELSE '' END;
FILL people_possibleduplicate FROM generate_series(1, {families} / 20) d
  one_id := d * 40
  other_id := d * 40 + 1
  noticed_on := current_date - d % 3000
  settled_at := CASE WHEN d % 10 > 0 THEN now() END
  settled_by_id := CASE WHEN d % 10 > 0 THEN 1001 END
  reason := CASE WHEN d % 10 > 0 THEN 'Bench' ELSE '' END;
FILL convening_strategydiscussion FROM bench_family
  id := f
  family_id := f
  recorded_by_id := worker
  held_on := current_date - (({families} - f) * 6000.0 / {families})::int - 15;
FILL convening_enquiry FROM bench_family
  id := f
  family_id := f
  strategy_discussion_id := f
  written_by_id := CASE WHEN f <= {families} - {asked} THEN worker END
  written_at := CASE WHEN f <= {families} - {asked} THEN now() END
  signed_off_by_id := CASE WHEN f <= {families} - {asked} THEN 1 END
  signed_off_at := CASE WHEN f <= {families} - {asked} THEN now() END
  outcome_on := CASE WHEN f <= {families} - {asked} THEN current_date - (({families} - f) * 6000.0 / {families})::int - 2 END;
FILL convening_enquirychild FROM bench_person WHERE p % 4 IN (1, 2)
  enquiry_id := f
  outcome := CASE WHEN f > {families} - {asked} THEN '' ELSE 'conference' END
  child_id := p;
-- Conferences by time: the past, then the booked, the agreed, the asked for. Four a day for each chair.
CREATE TEMP TABLE bench_conference AS SELECT i, f, i % {chairs} AS lane,
  CASE WHEN i > {conferences} - {asked} THEN 'requested' WHEN i > {conferences} - {asked} - {agreed} THEN 'agreed'
    WHEN i > {conferences} - {asked} - {agreed} - {booked} THEN 'booked' WHEN i % 100 = 1 THEN 'declined'
    WHEN i % 50 = 0 THEN 'cancelled' ELSE 'held' END AS state,
  current_date + floor(slot / 4.0)::int AS day, interval '9 hours' + interval '2 hours' * (slot - 4 * floor(slot / 4.0)) AS hour
  FROM (SELECT i, least({families}, (i - 1) / (4 * {block}) * {block} + (i - 1) % {block} + 1) AS f,
      floor((i - ({conferences} - {asked} - {agreed} - {booked}))::numeric / {chairs})::int AS slot
    FROM generate_series(1, {conferences}) i) each;
CREATE UNIQUE INDEX ON bench_conference (i);
ANALYZE bench_conference;
FILL convening_conference FROM bench_conference b JOIN bench_family x ON x.f = b.f
  id := i
  family_id := b.f
  kind := CASE WHEN i % 4 = 0 THEN 'initial' ELSE 'review' END
  state := state
  anchor_on := day - 15
  due_on := day + (i % 7)::int - 1
  requested_by_id := worker
  requested_at := day - interval '15 days'
  agreed_at := CASE WHEN state NOT IN ('requested', 'declined') THEN day - interval '14 days' END
  agreed_by_id := CASE WHEN state NOT IN ('requested', 'declined') THEN 1000 + team END
  declined_at := CASE WHEN state = 'declined' THEN day - interval '14 days' END
  declined_by_id := CASE WHEN state = 'declined' THEN 1000 + team END
  decline_reason := CASE WHEN state = 'declined' THEN 'Bench' ELSE '' END
  starts_at := CASE WHEN state IN ('booked', 'held', 'cancelled') THEN day + hour END
  ends_at := CASE WHEN state IN ('booked', 'held', 'cancelled') THEN day + hour + interval '90 minutes' END
  chair_id := CASE WHEN state IN ('booked', 'held', 'cancelled') THEN 101 + lane END
  room_id := CASE WHEN state IN ('booked', 'held', 'cancelled') THEN 1 + lane END
  administrator_id := CASE WHEN state IN ('booked', 'held', 'cancelled') THEN 11 + i % 20 END
  chair_independent := CASE WHEN state IN ('booked', 'held', 'cancelled') THEN true END
  chair_statement := CASE WHEN state IN ('booked', 'held', 'cancelled') THEN 'No part in the case.' ELSE '' END
  chair_declared_at := CASE WHEN state IN ('booked', 'held', 'cancelled') THEN now() END
  opened_at := CASE WHEN state = 'held' THEN day + hour END
  opened_by_id := CASE WHEN state = 'held' THEN 101 + lane END
  closed_at := CASE WHEN state = 'held' THEN day + hour + interval '90 minutes' END
  closed_by_id := CASE WHEN state = 'held' THEN 101 + lane END
  quorate := CASE WHEN state = 'held' THEN true END
  cancelled_at := CASE WHEN state = 'cancelled' THEN day - interval '1 day' END
  cancelled_by_id := CASE WHEN state = 'cancelled' THEN 11 END
  cancel_reason := CASE WHEN state = 'cancelled' THEN 'no_longer_needed' ELSE '' END;
FILL convening_conferencechild FROM bench_conference CROSS JOIN (VALUES (1), (2)) AS c (n)
  id := 2 * i + n - 2
  conference_id := i
  child_id := 4 * f - 4 + n
  included := true;
FILL meeting_decision FROM bench_conference CROSS JOIN (VALUES (1), (2)) AS c (n) WHERE state = 'held'
  conference_child_id := 2 * i + n - 2
  outcome := 'no_plan'
  reasons := 'Bench'
  decided_by_id := 101 + lane
  decided_at := day + hour;
FILL convening_invitation FROM bench_conference CROSS JOIN generate_series(0, 9) j
  id := i * 10 + j
  conference_id := i
  kind := CASE WHEN j < 2 THEN 'family' ELSE 'professional' END
  role := (array['parent', 'parent', 'police', 'school', 'school', 'health_visitor', 'gp', 'nursery', 'school_nurse', 'other'])[1 + j]
  person_id := CASE WHEN j < 2 THEN 4 * f - 1 + j END
  user_id := CASE WHEN j >= 2 THEN 100001 + (f * 24 + j) % {professionals} END
  name := 'Invited ' || j
  reason := 'Knows the child'
  is_expected := true
  report_asked := j BETWEEN 2 AND 4
  report_due_on := CASE WHEN j BETWEEN 2 AND 4 THEN day - 3 END
  mode := 'room'
  sent_at := CASE WHEN state IN ('held', 'cancelled') OR state = 'booked' AND i % 2 = 0 THEN day - interval '12 days' END
  sent_by_id := CASE WHEN state IN ('held', 'cancelled') OR state = 'booked' AND i % 2 = 0 THEN 11 END
  ends_on := CASE WHEN f <= {families} - {open_plans} THEN day + 90 END
  reply := 'coming'
  attendance := 'present';
FILL convening_invitationchild FROM bench_conference CROSS JOIN generate_series(0, 4) j
  invitation_id := i * 10 + j
  child_id := 4 * f - 3;
FILL incoming_report FROM bench_conference CROSS JOIN generate_series(2, 4) j WHERE state = 'held' OR i % 4 = 0
  conference_id := i
  invitation_id := i * 10 + j
  kind := CASE WHEN j = 2 THEN 'social_work' ELSE 'agency' END
  state := CASE WHEN state = 'held' THEN 'approved' ELSE 'submitted' END
  author := 'Invited ' || j
  author_user_id := 100001 + (f * 24 + j) % {professionals}
  entered_by_id := 100001 + (f * 24 + j) % {professionals}
  submitted_at := day - interval '3 days'
  approved_at := CASE WHEN state = 'held' THEN day - interval '2 days' END
  approved_by_id := CASE WHEN state = 'held' THEN 1001 END;
FILL outgoing_conferencerecord FROM bench_conference WHERE state = 'held'
  id := i
  conference_id := i
  state := CASE WHEN day > current_date - 12 THEN 'draft' ELSE 'approved' END
  approved_at := CASE WHEN day <= current_date - 12 THEN day + interval '5 days' END
  approved_by_id := CASE WHEN day <= current_date - 12 THEN 101 + lane END
  letters_approved_at := CASE WHEN day <= current_date - 2 THEN day + interval '1 day' END
  letters_approved_by_id := CASE WHEN day <= current_date - 2 THEN 101 + lane END
  letter_due_on := day + 1
  record_due_on := day + 20;
FILL documents_document FROM bench_conference WHERE state = 'held' AND day <= current_date - 2
  id := i
  kind := 'decision_family'
  title := 'Decision'
  about_kind := 'convening.conference'
  about_id := i
  recipient_kind := 'people.person'
  recipient_id := 4 * f - 1
  recipient_name := 'Invited 0'
  values := '{{"bench": true}}'
  sha256 := repeat('0', 64)
  body := 'bench'::bytea
  file_name := 'bench-' || i || '.pdf'
  pages := 1
  state := CASE WHEN day > current_date - 3 THEN 'issued' ELSE 'released' END
  approved_at := day + interval '1 day'
  approved_by_name := 'Chair'
  issued_at := day + interval '1 day'
  released_at := CASE WHEN day <= current_date - 3 THEN day + interval '2 days' END;
FILL outgoing_copy FROM bench_conference WHERE state = 'held'
  id := i
  record_id := i
  invitation_id := i * 10
  kind := 'decision_letter'
  document_id := CASE WHEN day <= current_date - 2 THEN i END;
FILL outgoing_copychild FROM bench_conference WHERE state = 'held'
  copy_id := i
  child_id := 4 * f - 3;
FILL outgoing_copy FROM bench_conference WHERE state = 'held'
  id := {conferences} + i
  record_id := i
  invitation_id := i * 10 + 3
  kind := 'decision_letter'
  withheld_reason := 'Bench';
FILL outgoing_copychild FROM bench_conference WHERE state = 'held'
  copy_id := {conferences} + i
  child_id := 4 * f - 3;
FILL documents_outgoing FROM bench_conference b CROSS JOIN generate_series(0, 1) j WHERE state IN ('held', 'booked')
  id := 2 * i + j - 1
  key := 'bench:' || i || ':' || j
  purpose := CASE j WHEN 0 THEN 'invitation' ELSE 'decision' END
  channel := CASE WHEN j = 1 AND state = 'held' AND day <= current_date - 2 THEN 'print' ELSE 'email' END
  about_kind := 'convening.conference'
  about_id := i
  recipient_kind := 'people.person'
  recipient_id := 4 * f - 1
  recipient_name := 'Invited ' || f
  to_address := CASE WHEN j = 1 AND state = 'held' AND day <= current_date - 2 THEN '' ELSE 'reader@example.org' END
  subject := 'A letter for you'
  body := 'A letter is waiting for you.'
  document_id := CASE WHEN j = 1 AND state = 'held' AND day <= current_date - 2 THEN i END
  state := CASE WHEN j = 1 AND day BETWEEN current_date - 3 AND current_date - 2 THEN 'queued' WHEN i % 20000 = 7 THEN 'failed' ELSE 'sent' END
  why_failed := CASE WHEN i % 20000 = 7 THEN 'No such address' ELSE '' END
  sent_at := day + interval '2 days';
FILL documents_outgoing FROM generate_series(1, {conferences} / 10) r
  id := 2 * {conferences} + r
  key := 'bench:reminder:' || r
  purpose := 'reminder'
  channel := 'email'
  recipient_kind := 'accounts.user'
  recipient_id := 2001 + r % (8 * {teams})
  recipient_name := 'A worker'
  to_address := 'worker@example.org'
  subject := 'Work that is due soon'
  body := 'This work is waiting.'
  state := 'sent'
  sent_at := now() - r * interval '1 minute';
FILL reminders_reminder FROM generate_series(1, {conferences} / 2) r
  kind := 'hold_conference'
  duty_id := r
  due_on := current_date - 10
  stage := 'soon'
  user_id := 101 + r % {chairs};
-- Plans: one a child for every second family, ended; and the open ones of the latest families.
FILL plans_protectionplan FROM bench_person WHERE p % 4 IN (1, 2) AND (f % 2 = 0 OR f > {families} - {open_plans})
  child_id := p
  family_id := f
  opened_by_conference_id := 1
  state := CASE WHEN f > {families} - {open_plans} THEN 'open' ELSE 'ended' END
  initial_category := 'NEG'
  category := 'EMO'
  started_on := CASE WHEN f > {families} - {open_plans} THEN current_date - 100 ELSE current_date - 900 END
  ended_on := CASE WHEN f <= {families} - {open_plans} THEN current_date - 600 END
  end_reason := CASE WHEN f <= {families} - {open_plans} THEN 'reduced' ELSE '' END
  lead_social_worker_id := 2001 + f % (8 * {teams})
  first_core_group_due_on := current_date - 90
  review_due_on := current_date + 30;
FILL plans_coregroupmeeting FROM bench_family CROSS JOIN generate_series(1, 6) m WHERE f % 2 = 0 OR f > {families} - {open_plans}
  family_id := f
  state := CASE WHEN m = 6 AND f > {families} - {open_plans} THEN 'planned' ELSE 'held' END
  held_on := CASE WHEN m < 6 OR f <= {families} - {open_plans} THEN current_date - 100 END
  recorded_by_id := CASE WHEN m < 6 OR f <= {families} - {open_plans} THEN worker END
  starts_at := CASE WHEN m = 6 AND f > {families} - {open_plans} THEN now() + interval '9 days' ELSE now() - interval '10 days' * m END
  booked_by_id := worker
  place := 'School';
FILL plans_earlierevent FROM bench_person WHERE p % 4 = 1 AND f % 4 = 0
  child_id := p
  family_id := f
  kind := 'core_group'
  happened_on := current_date - 950
  entered_by_id := 2;
-- The trail.
FILL audit_look FROM bench_person b JOIN bench_family x ON x.f = b.f CROSS JOIN generate_series(1, 6) n WHERE p % 4 IN (1, 2)
  at := now() - ({families} - b.f) * interval '30 minutes' - n * interval '1 hour'
  who_kind := 'user'
  who_id := worker
  who_name := 'Worker ' || worker
  child_id := p
  page := 'family'
  basis := 'Own case';
FILL audit_event FROM bench_conference b CROSS JOIN (VALUES ('book, move or cancel a conference'), ('hold a conference')) AS act (words)
  at := day + hour
  act := words
  by_kind := 'user'
  by_id := 101 + lane
  by_name := 'Chair'
  on_kind := 'convening.conference'
  on_id := i
  about_kind := 'convening.conference'
  about_id := i;
FILL imports_import FROM generate_series(1, 40) n
  file_name := 'old-' || n || '.xlsx'
  kind := 'spreadsheet'
  state := 'failed'
  why_failed := 'Put away'
  asked_by_id := 2;
