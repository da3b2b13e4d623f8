-- counts a customer's uses from the index alone
drop index redemptions_of_customer;
create index redemptions_by_customer on redemptions (code, customer_id, released);
