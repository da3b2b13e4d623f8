-- which process took and gave back the use, in which of its attempts, as pid@host/start in ms#attempt: what a process
-- counted can then be compared with what it wrote, and an attempt whose answer was lost finds what it wrote itself
alter table redemptions add column if not exists redeemed_by varchar(160);
alter table redemptions add column if not exists released_by varchar(160);
