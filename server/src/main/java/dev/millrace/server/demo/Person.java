package dev.millrace.server.demo;

import dev.millrace.erp.demo.DemoCompanies;

/** The people of the demo companies that it plays. Their password is {@link DemoCompanies#PASSWORD}. */
enum Person {
    ROHAN(DemoCompanies.ACME, "requester", "Rohan Kulkarni", "Requester"),
    PRIYA(DemoCompanies.ACME, "procurement", "Priya Nair", "Procurement Manager"),
    IMRAN(DemoCompanies.ACME, "warehouse", "Imran Sheikh", "Warehouse Manager"),
    SURESH(DemoCompanies.ACME, "accounts", "Suresh Patil", "Accounts"),
    MEERA(DemoCompanies.ACME, "finance.head", "Meera Iyer", "Finance Head"),
    ARJUN(DemoCompanies.ACME, "cfo", "Arjun Rao", "CFO"),
    VIKRAM(DemoCompanies.ACME, "auditor", "Vikram Bose", "Auditor"),
    LAKSHMI(DemoCompanies.ACME, "admin", "Lakshmi Menon", "Admin"),
    KATRIN(DemoCompanies.GLOBEX, "finance.head", "Katrin Vogel", "Finance Head");

    private final String tenant;
    private final String account;
    private final String fullName;
    private final String role;

    Person(String tenant, String account, String fullName, String role) {
        this.tenant = tenant;
        this.account = account;
        this.fullName = fullName;
        this.role = role;
    }

    String tenant() {
        return tenant;
    }

    String email() {
        return account + "@" + tenant + ".test";
    }

    String fullName() {
        return fullName;
    }

    String role() {
        return role;
    }
}
