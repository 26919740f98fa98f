package dev.millrace.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.millrace.server.security.Needs;
import dev.millrace.server.security.Public;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.RequestMapping;

/** The rules of {@code docs/architecture.md} that a machine can hold. */
@AnalyzeClasses(packages = "dev.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String LANGUAGE = "dev.millrace.language";
    private static final String ENGINE = "dev.millrace.engine";
    private static final String ERP = "dev.millrace.erp";
    private static final String SERVER = "dev.millrace.server";
    private static final String POSTGRES = "dev.millrace.postgres";
    private static final String CLI = "dev.millrace.cli";

    /**
     * Records of the engine's sub-packages that stand in the signatures of its root package: rows as they are read, and
     * what to list. They are data without behaviour.
     */
    private static final Set<String> DATA_OF_THE_ENGINE = Set.of(
            ENGINE + ".approval.ApprovalDesk$Choice",
            ENGINE + ".approval.Request",
            ENGINE + ".approval.Request$Ended",
            ENGINE + ".approval.Request$Shown",
            ENGINE + ".approval.RequestListRows$After",
            ENGINE + ".approval.RequestListRows$History",
            ENGINE + ".approval.Vote",
            ENGINE + ".definition.DefinitionRows$Which",
            ENGINE + ".journal.ChainVerifier$Broken",
            ENGINE + ".journal.ChainVerifier$Verified",
            ENGINE + ".journal.Entry",
            ENGINE + ".journal.JournalRows$Filter",
            ENGINE + ".journal.JournalRows$Stored");

    /** Who reads the environment, the clock of the process or chance: the wiring, which hands them on. */
    private static final DescribedPredicate<JavaClass> WIRING = resideInAnyPackage(
                    SERVER + ".wiring..",
                    SERVER + ".demo..",
                    SERVER + ".doctor..",
                    POSTGRES + "..",
                    "dev.millrace.testkit..")
            .or(DescribedPredicate.describe(
                    "Main", type -> Set.of(SERVER + ".Main", CLI + ".Main").contains(type.getFullName())))
            .as("the wiring");

    /** No database, no network, no files, no reflection: what an expression may reach is what the language reaches. */
    @ArchTest
    static final ArchRule the_language_is_pure = noClasses()
            .that()
            .resideInAPackage(LANGUAGE + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    ENGINE + "..",
                    ERP + "..",
                    SERVER + "..",
                    POSTGRES + "..",
                    "java.sql..",
                    "javax.sql..",
                    "java.net..",
                    "java.nio.file..",
                    "java.lang.reflect..",
                    "org.jdbi..",
                    "org.springframework..",
                    "jakarta.."));

    @ArchTest
    static final ArchRule the_engine_knows_no_http_no_spring_and_no_erp = noClasses()
            .that()
            .resideInAPackage(ENGINE + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    ERP + "..",
                    SERVER + "..",
                    POSTGRES + "..",
                    "org.springframework..",
                    "jakarta..",
                    "java.net.http.."));

    @ArchTest
    static final ArchRule the_erp_knows_no_server_and_no_spring = noClasses()
            .that()
            .resideInAPackage(ERP + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(SERVER + "..", POSTGRES + "..", "org.springframework.."));

    @ArchTest
    static final ArchRule postgres_stands_alone = noClasses()
            .that()
            .resideInAPackage(POSTGRES + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(LANGUAGE + "..", ENGINE + "..", ERP + "..", SERVER + ".."));

    /** The client commands are the language and an HTTP client; of the API they know what its description says. */
    @ArchTest
    static final ArchRule the_client_commands_know_the_language_only = noClasses()
            .that()
            .resideInAPackage(CLI + "..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    ENGINE + "..",
                    ERP + "..",
                    SERVER + "..",
                    POSTGRES + "..",
                    "java.sql..",
                    "javax.sql..",
                    "org.jdbi..",
                    "org.springframework..",
                    "jakarta.."));

    @ArchTest
    static final ArchRule nobody_uses_the_client_commands = noClasses()
            .that()
            .resideOutsideOfPackage(CLI + "..")
            .should()
            .dependOnClassesThat(resideInAPackage(CLI + ".."));

    @ArchTest
    static final ArchRule of_the_language_others_use_the_root_package =
            onlyTheRootIsUsedFromOutside(LANGUAGE, Set.of());

    @ArchTest
    static final ArchRule of_the_engine_others_use_the_root_package_the_spi_and_its_data =
            onlyTheRootIsUsedFromOutside(ENGINE, DATA_OF_THE_ENGINE, ENGINE + ".action..");

    /** The demo's companies are a seed, called once by the wiring and by the demo. */
    @ArchTest
    static final ArchRule of_the_erp_others_use_the_root_package_and_the_demos_companies =
            onlyTheRootIsUsedFromOutside(ERP, Set.of(), ERP + ".demo..");

    private static ArchRule onlyTheRootIsUsedFromOutside(String module, Set<String> data, String... open) {
        DescribedPredicate<JavaClass> internal = DescribedPredicate.describe(
                "internal to " + module,
                type -> type.getPackageName().startsWith(module + ".") && !data.contains(type.getFullName()));
        return noClasses()
                .that()
                .resideOutsideOfPackage(module + "..")
                .should()
                .dependOnClassesThat(internal.and(DescribedPredicate.not(resideInAnyPackage(open))));
    }

    @ArchTest
    static final ArchRule packages_of_the_server_have_no_cycles =
            slices().matching(SERVER + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_of_the_erp_have_no_cycles =
            slices().matching(ERP + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_of_the_language_have_no_cycles =
            slices().matching(LANGUAGE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_of_the_engine_have_no_cycles =
            slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule time_chance_and_the_environment_come_from_outside = noClasses()
            .that(DescribedPredicate.not(WIRING))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    /**
     * The exceptions: the boundary of transactions and what it hands out ({@code Transactions}, {@code Tx}), the
     * engine's own clock and look-ups across tenants ({@code Engine}, {@code Clock}, {@code Schema}, the queue's
     * {@code Worker}, the journal's {@code Sealer}, the {@code Scheduler}), the group commit, which is a transaction of its own making,
     * the hints, which are in none, and the
     * wiring, which makes connections and hands them on. Why a statement failed may be asked anywhere.
     */
    @ArchTest
    static final ArchRule the_database_is_spoken_to_in_rows = noClasses()
            .that(DescribedPredicate.describe(
                    "neither rows nor a boundary",
                    type -> !outermost(type).getSimpleName().endsWith("Rows")
                            && !Set.of(
                                            ENGINE + ".Transactions",
                                            ENGINE + ".Tx",
                                            ENGINE + ".Engine",
                                            ENGINE + ".Clock",
                                            ENGINE + ".Schema",
                                            ENGINE + ".queue.Worker",
                                            ENGINE + ".PostgresHints",
                                            ENGINE + ".journal.Sealer",
                                            ENGINE + ".trigger.Scheduler",
                                            ENGINE + ".execution.GroupCommit",
                                            ERP + ".core.Columns")
                                    .contains(outermost(type).getFullName())))
            .and()
            .resideInAnyPackage(LANGUAGE + "..", ENGINE + "..", ERP + "..", SERVER + "..")
            .and()
            .resideOutsideOfPackages(SERVER + ".wiring..", SERVER + ".demo..", SERVER + ".doctor..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "org.jdbi..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.assignableTo(SQLException.class))));

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    @ArchTest
    static final ArchRule money_is_never_binary = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage(ERP + "..")
            .should()
            .notHaveRawType(double.class)
            .andShould()
            .notHaveRawType(float.class)
            .andShould()
            .notHaveRawType(Double.class);

    @ArchTest
    static final ArchRule every_endpoint_declares_its_permission = methods()
            .that(DescribedPredicate.describe(
                    "answer requests of the API",
                    (JavaMethod method) -> method.isMetaAnnotatedWith(RequestMapping.class)
                            && !method.getOwner().getSimpleName().equals("LastResort")))
            .should()
            .beAnnotatedWith(Needs.class)
            .orShould()
            .beAnnotatedWith(Public.class);

    @ArchTest
    static final ArchRule names_say_what_things_are =
            classes().should().haveNameNotMatching(".*(Impl|Manager|Util|Utils|Helper)");
}
