package dev.millrace.erp.ledger;

import dev.millrace.erp.PostingRefused;
import dev.millrace.erp.ledger.AccountRows.Account;
import dev.millrace.erp.ledger.AccountRows.Chart;
import dev.millrace.erp.ledger.Posting.Line;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides from data what is written for a posting, or why nothing is. */
final class PostingCheck {
    /** Of a journal by hand and of one by a document. */
    static final int LINES_MOST = 1_000;

    private static final int DECIMALS = 2;
    private static final Set<String> PARTIES = Set.of("supplier", "customer", "employee");

    private final Posting posting;
    private final Chart chart;
    private final String ownCurrency;

    private PostingCheck(Posting posting, Chart chart, String ownCurrency) {
        this.posting = posting;
        this.chart = chart;
        this.ownCurrency = ownCurrency;
    }

    /**
     * Lines that balance in both currencies.
     *
     * @throws PostingRefused lines_invalid, not_balanced, account_unknown, account_inactive, control_account,
     *     control_account_needs_party
     */
    static List<Booked> lines(Posting posting, Chart chart, String ownCurrency) {
        return new PostingCheck(posting, chart, ownCurrency).book();
    }

    private List<Booked> book() {
        if (posting.lines().size() < 2 || posting.lines().size() > LINES_MOST) {
            throw refused(
                    "lines_invalid",
                    "Expected 2 to " + LINES_MOST + " lines but got "
                            + posting.lines().size());
        }
        if (posting.currency().equals(ownCurrency) && posting.rate().compareTo(BigDecimal.ONE) != 0) {
            throw refused(
                    "lines_invalid",
                    "Expected the rate 1 in " + ownCurrency + ", the company's own currency, but got "
                            + posting.rate().toPlainString());
        }
        var booked = new ArrayList<Booked>();
        for (int i = 0; i < posting.lines().size(); i++) {
            booked.add(line("lines[" + i + "]", posting.lines().get(i)));
        }
        BigDecimal debit = sum(booked.stream().map(Booked::debit).toList());
        BigDecimal credit = sum(booked.stream().map(Booked::credit).toList());
        if (debit.compareTo(credit) != 0) {
            throw refused(
                    "not_balanced",
                    "Debit and credit must be equal, but debit is " + debit.toPlainString() + " and credit "
                            + credit.toPlainString() + " " + posting.currency());
        }
        roundingLine(booked).ifPresent(booked::add);
        return booked;
    }

    private Booked line(String path, Line line) {
        BigDecimal debit = amount(path + ".debit", line.debit());
        BigDecimal credit = amount(path + ".credit", line.credit());
        boolean inBaseAlone = debit.signum() == 0 && credit.signum() == 0;
        if ((debit.signum() > 0 && credit.signum() > 0)
                || (inBaseAlone && line.base().isEmpty())) {
            throw refused("lines_invalid", "Expected exactly one of debit and credit above zero at " + path);
        }
        BigDecimal base = line.base()
                .map(given -> given.setScale(DECIMALS, RoundingMode.HALF_UP))
                .orElseGet(
                        () -> debit.subtract(credit).multiply(posting.rate()).setScale(DECIMALS, RoundingMode.HALF_UP));
        int side = debit.subtract(credit).signum();
        if (inBaseAlone ? base.signum() == 0 : base.signum() == -side) {
            throw refused("lines_invalid", "Expected the same side in " + ownCurrency + " at " + path);
        }
        Account account = account(path, line);
        return new Booked(
                account.id(),
                account.code(),
                debit,
                credit,
                base.max(BigDecimal.ZERO),
                base.negate().max(BigDecimal.ZERO),
                line.party(),
                line.costCenter(),
                line.memo());
    }

    private static BigDecimal amount(String path, BigDecimal amount) {
        if (amount.signum() < 0 || amount.stripTrailingZeros().scale() > DECIMALS) {
            throw refused(
                    "lines_invalid",
                    "Expected an amount of at least 0 with at most two decimals at " + path + " but got "
                            + amount.toPlainString());
        }
        return amount.setScale(DECIMALS);
    }

    private Account account(String path, Line line) {
        Account account = find(line.account());
        if (!account.active()) {
            throw refused(
                    "account_inactive",
                    "Expected an active account at " + path + " but " + name(account) + " is not: use another one");
        }
        if (account.currency().isPresent() && !account.currency().get().equals(posting.currency())) {
            throw refused(
                    "lines_invalid",
                    name(account) + " is kept in " + account.currency().get() + " alone, not in " + posting.currency());
        }
        if (line.party().isPresent() && !PARTIES.contains(line.party().get().type())) {
            throw refused(
                    "lines_invalid",
                    "Expected supplier, customer or employee as party at " + path + " but got '"
                            + line.party().get().type() + "'");
        }
        account.controlKind().ifPresent(kind -> control(path, line, account, kind));
        return account;
    }

    private void control(String path, Line line, Account account, String kind) {
        if (!posting.bySubLedger()) {
            throw refused(
                    "control_account",
                    name(account) + " at " + path + " is a control account (" + kind
                            + "): only its documents post to it, such as invoices, receipts and payments; post one of"
                            + " those instead");
        }
        if (kind.equals("party") && line.party().isEmpty()) {
            throw refused(
                    "control_account_needs_party", name(account) + " at " + path + " needs to know whose line it is");
        }
    }

    private Account find(Posting.Account wanted) {
        return switch (wanted) {
            case Posting.Account.Role named ->
                Optional.ofNullable(chart.byRole().get(named.role().column()))
                        .orElseThrow(() -> refused(
                                "account_unknown",
                                "The company has not said which account it uses for "
                                        + named.role().column()));
            case Posting.Account.Code named ->
                Optional.ofNullable(chart.byCode().get(named.code())).orElseThrow(() -> unknown(named.code()));
            case Posting.Account.Id named ->
                Optional.ofNullable(chart.byId().get(named.id()))
                        .orElseThrow(() -> unknown(named.id().toString()));
        };
    }

    private static PostingRefused unknown(String account) {
        return refused("account_unknown", "Expected an account of this company's chart but got '" + account + "'");
    }

    private static String name(Account account) {
        return "account " + account.code() + " " + account.name();
    }

    /** Each line may be off by half a paisa; more than that is not rounding. */
    private Optional<Booked> roundingLine(List<Booked> booked) {
        BigDecimal over = sum(booked.stream()
                .map(line -> line.baseDebit().subtract(line.baseCredit()))
                .toList());
        if (over.signum() == 0) {
            return Optional.empty();
        }
        BigDecimal most = new BigDecimal("0.01").multiply(BigDecimal.valueOf(booked.size()));
        if (over.abs().compareTo(most) > 0) {
            throw refused(
                    "not_balanced",
                    "Debit and credit must be equal in " + ownCurrency + " too, but debit is " + over.toPlainString()
                            + " above credit");
        }
        Account rounding = find(new Posting.Account.Role(AccountRole.ROUNDING));
        BigDecimal amount = over.negate();
        BigDecimal none = BigDecimal.ZERO.setScale(DECIMALS);
        return Optional.of(new Booked(
                rounding.id(),
                rounding.code(),
                none,
                none,
                amount.max(BigDecimal.ZERO),
                amount.negate().max(BigDecimal.ZERO),
                Optional.empty(),
                Optional.empty(),
                Optional.of("rounding")));
    }

    static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(DECIMALS, RoundingMode.UNNECESSARY);
    }

    private static PostingRefused refused(String code, String message) {
        return new PostingRefused(code, message);
    }
}
