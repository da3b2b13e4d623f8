-- which process wrote how the order ended, as pid@host/start in ms, and when: what a process counted can then be compared
-- with what it wrote
alter table orders add column if not exists settled_by varchar(160);
alter table orders add column if not exists settled_at timestamp with time zone;

-- what recovery looks for
create index if not exists orders_pending on orders (status, attempted_at);
create index if not exists orders_to_release on orders (release_due, attempted_at);
