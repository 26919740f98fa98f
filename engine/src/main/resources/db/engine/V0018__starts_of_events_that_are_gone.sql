-- What an event started later is of no use once the event has been dropped by age.
grant delete on event_starts to millrace_app;
