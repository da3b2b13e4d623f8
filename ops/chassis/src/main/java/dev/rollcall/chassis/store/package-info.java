/**
 * A service's database: one pool, migrated as soon as the database answers, that outlives the database's absence.
 *
 * <p>{@link dev.rollcall.chassis.store.Database} runs statements; while the database is away it throws {@link
 * dev.rollcall.chassis.store.StoreUnavailable}, which a service answers with 503.
 *
 * <pre>{@code
 * Database database = Database.open(config.get("database"), "db/migration/coupon");
 * long coupons = database.run(handle -> handle.createQuery("select count(*) from coupons").mapTo(Long.class).one());
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.rollcall.chassis.store;
