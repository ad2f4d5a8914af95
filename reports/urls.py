"""URLs of reports, records, letters and their copies."""

from django.urls import path

from reports.incoming.views import contributions, uploads, writing
from reports.outgoing.views import checking, copies, documents, files, record, redacting, releasing, second_checks

app_name = "reports"
urlpatterns = [
    path("write/<int:pk>/", writing.write, name="write"),
    path("report/<int:pk>/", writing.report, name="report"),
    path("report/<int:pk>/hand-in/", writing.submit_report, name="hand_in"),
    path("report/<int:pk>/sharing/", writing.sharing, name="sharing"),
    path("report/<int:pk>/approve/", writing.approve, name="approve"),
    path("report/<int:pk>/send-back/", writing.send_back, name="send_back"),
    path("conference/<int:pk>/contribution/<int:person>/", contributions.contribute, name="contribute"),
    path("conference/<int:pk>/chair-talk/", contributions.chair_talk, name="chair_talk"),
    path("conference/<int:pk>/record/", record.record, name="record"),
    path("conference/<int:pk>/record/add/", record.add_paragraph, name="add_paragraph"),
    path("conference/<int:pk>/record/approve/", record.approve_record, name="approve_record"),
    path("conference/<int:pk>/letters/approve/", record.approve_letters, name="approve_letters"),
    path("conference/<int:pk>/record/tell/<int:child>/", record.tell_child, name="tell_child"),
    path("conference/<int:pk>/record/correct/", record.correct, name="correct"),
    path("paragraph/<int:pk>/", record.paragraph, name="paragraph"),
    path("paragraph/<int:pk>/remove/", record.remove_paragraph, name="remove_paragraph"),
    path("conference/<int:pk>/copies/", copies.copies, name="copies"),
    path("conference/<int:pk>/copies/release/", copies.release_clear, name="release_clear"),
    path("conference/<int:pk>/copies/check/", second_checks.check_copies, name="check_copies"),
    path("conference/<int:pk>/copies/check/<int:reader>/", second_checks.open_together, name="open_together"),
    path("copy/<int:pk>/", copies.copy, name="copy"),
    path("copy/<int:pk>/widen/", copies.widen, name="widen"),
    path("copy/<int:pk>/narrow/", copies.narrow, name="narrow"),
    path("copy/<int:pk>/withhold/", copies.withhold, name="withhold"),
    path("copy/<int:pk>/include/", copies.include, name="include"),
    path("copy/<int:pk>/refresh/", copies.refresh, name="refresh"),
    path("copy/<int:pk>/preview/", documents.preview, name="preview"),
    path("copy/<int:pk>/document/", documents.download, name="download"),
    # Decisions about a copy before it is released, by its document: copies of the record, of letters and of files.
    path("leaving/<int:pk>/", checking.exactly, name="exactly"),
    path("leaving/<int:pk>/answer/<slug:key>/", checking.answer, name="answer"),
    path("leaving/<int:pk>/override/<slug:key>/", checking.ask_override, name="ask_override"),
    path("leaving/<int:pk>/override/<slug:key>/decide/", checking.decide_override, name="decide_override"),
    path("leaving/<int:pk>/look/", checking.check_file, name="look"),
    path("leaving/<int:pk>/checked/", checking.record_check, name="say_checked"),
    path("leaving/<int:pk>/release/", checking.release, name="release"),
    path("leaving/<int:pk>/take-back/", releasing.take_back, name="take_back"),
    path("invitation/<int:pk>/upload/", uploads.upload, name="upload"),
    path("file/<int:pk>/", files.file, name="file"),
    path("file/<int:pk>/download/", uploads.download_file, name="download_file"),
    path("file/<int:pk>/ask/<int:reader>/", files.ask_version, name="ask_version"),
    path("file/<int:pk>/for/<int:reader>/", releasing.for_reader, name="for_reader"),
    path("file/<int:pk>/for/<int:reader>/ready/", releasing.prepare_file, name="make_ready"),
    path("file/<int:pk>/for/<int:reader>/all-the-same/", releasing.all_the_same, name="all_the_same"),
    path("file/<int:pk>/read-again/", uploads.read_again, name="read_again"),
    path("file/<int:pk>/redact/<int:reader>/", redacting.redact, name="redact"),
    path("file/<int:pk>/page/<int:number>/", redacting.page_picture, name="page_picture"),
    path("version/<int:pk>/", files.send_version, name="send_version"),
    path("mine/", documents.mine, name="mine"),
]
