"""Every address of the service, by app."""

from django.urls import include, path

handler500 = "cpc.core.web.views.server_error"
urlpatterns = [
    path("account/", include("cpc.core.web.account_urls")),  # what the next line would open and we keep shut
    path("account/", include("allauth.account.urls")),
    path("account/two-factor/", include("allauth.mfa.urls")),
    path("", include("cpc.work.urls")),
    path("", include("cpc.core.web.urls")),
    path("people/", include("cpc.core.accounts.urls")),
    path("timescales/", include("cpc.core.policy.urls")),
    path("documents/", include("cpc.core.documents.urls")),
    path("service/", include("cpc.running.urls")),
    path("imports/", include("cpc.imports.urls")),
    path("families/", include("families.urls")),
    path("conferences/", include("conferences.urls")),
    path("plans/", include("conferences.plans.urls")),
    path("reports/", include("reports.urls")),
]
