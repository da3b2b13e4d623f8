package dev.rollcall.coupon;

final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
