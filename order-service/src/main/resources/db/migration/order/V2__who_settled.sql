-- which process wrote how the order ended, as pid@host/start in ms, and when: what a process counted can then be compared
-- with what it wrote
alter table orders add column settled_by varchar(160);
alter table orders add column settled_at timestamp with time zone;

-- what recovery looks for
create index orders_pending on orders (status, attempted_at);
create index orders_to_release on orders (release_due, attempted_at);
