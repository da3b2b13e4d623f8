-- counts a customer's uses from the index alone
drop index if exists redemptions_of_customer;
create index if not exists redemptions_by_customer on redemptions (code, customer_id, released);
