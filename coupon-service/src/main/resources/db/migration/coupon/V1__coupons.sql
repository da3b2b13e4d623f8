create table if not exists coupons (
    code               varchar(32) primary key,
    percent_off        integer,
    amount_off         bigint,
    currency           varchar(3)               not null,
    minimum_spend      bigint                   not null,
    max_redemptions    bigint                   not null,
    per_customer_limit bigint                   not null,
    valid_from         timestamp with time zone not null,
    valid_until        timestamp with time zone not null,
    redeemed           bigint default 0         not null,
    constraint one_discount check ((percent_off is null) <> (amount_off is null)),
    constraint never_oversold check (redeemed between 0 and max_redemptions)
);

-- one row an order over all coupons. A released row stays: it refuses a late or repeated redemption of that order.
-- It has no purchase if there was nothing to give back.
create table if not exists redemptions (
    order_id    varchar(64) primary key,
    code        varchar(32)              not null references coupons (code),
    released    boolean                  not null,
    customer_id varchar(64),
    subtotal    bigint,
    currency    varchar(3),
    discount    bigint,
    changed_at  timestamp with time zone not null,
    constraint taken_for_a_purchase check (
        released or (customer_id is not null and subtotal is not null and currency is not null and discount is not null))
);

create index if not exists redemptions_of_customer on redemptions (code, customer_id);
create index if not exists coupons_by_end on coupons (valid_until);
