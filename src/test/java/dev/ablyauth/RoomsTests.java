package dev.ablyauth;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import dev.ablyauth.ably.AblyJwtSigner;
import dev.ablyauth.ably.TokenRequestSigner;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.policy.Policy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The walls between the rooms.
 */
@AnalyzeClasses(packages = "dev.ablyauth", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTests {

	@ArchTest
	static final ArchRule arrowsGoOneWay = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("ably")
		.definedBy("dev.ablyauth.ably..")
		.layer("session")
		.definedBy("dev.ablyauth.session..")
		.layer("policy")
		.definedBy("dev.ablyauth.policy..")
		.layer("audit")
		.definedBy("dev.ablyauth.audit..")
		.layer("rest")
		.definedBy("dev.ablyauth.rest..")
		.layer("revocation")
		.definedBy("dev.ablyauth.revocation..")
		.layer("issuing")
		.definedBy("dev.ablyauth.issuing..")
		.layer("web")
		.definedBy("dev.ablyauth.web..")
		.layer("cli")
		.definedBy("dev.ablyauth.cli..")
		.layer("ops")
		.definedBy("dev.ablyauth.ops..")
		.layer("devmode")
		.definedBy("dev.ablyauth.devmode..")
		.layer("root")
		.definedBy("dev.ablyauth")
		.whereLayer("ably")
		.mayNotAccessAnyLayer()
		.whereLayer("audit")
		.mayNotAccessAnyLayer()
		.whereLayer("session")
		.mayOnlyAccessLayers("ably")
		.whereLayer("policy")
		.mayOnlyAccessLayers("ably", "session")
		.whereLayer("rest")
		.mayOnlyAccessLayers("ably", "session", "policy")
		.whereLayer("revocation")
		.mayOnlyAccessLayers("ably", "audit")
		.whereLayer("issuing")
		.mayOnlyAccessLayers("ably", "session", "policy", "audit", "rest", "revocation")
		.whereLayer("web")
		.mayOnlyBeAccessedByLayers("root")
		.whereLayer("cli")
		.mayOnlyAccessLayers("ably", "session", "policy", "issuing", "audit", "rest", "revocation")
		.whereLayer("cli")
		.mayOnlyBeAccessedByLayers("root")
		.whereLayer("ops")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("devmode")
		.mayNotBeAccessedByAnyLayer();

	@ArchTest
	static final ArchRule noCycles = slices().matching("dev.ablyauth.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule ablyKnowsTheJdkAndJjwtOnly = classes().that()
		.resideInAPackage("dev.ablyauth.ably..")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java..", "javax.crypto..", "io.jsonwebtoken..", "org.jspecify..", "dev.ablyauth.ably..");

	@ArchTest
	static final ArchRule ablyHasNoClock = noClasses().that()
		.resideInAPackage("dev.ablyauth.ably..")
		.should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.time.Clock")
		.orShould()
		.callMethod(java.time.Instant.class, "now")
		.orShould()
		.callMethod(System.class, "currentTimeMillis");

	@ArchTest
	static final ArchRule policyKnowsSpringOnlyWhereItIsWired = noClasses()
		.that(resideInAPackage("dev.ablyauth.policy..").and(not(simpleNameEndingWith("Configuration")))
			.and(not(simpleNameEndingWith("Properties"))))
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "jakarta..");

	@ArchTest
	static final ArchRule onlyOneRoomKnowsAblysClient = noClasses().that(not(resideInAPackage("dev.ablyauth.rest..")))
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.ably..");

	@ArchTest
	static final ArchRule onlyIssuingSigns = noClasses()
		.that(not(resideInAPackage("dev.ablyauth.issuing..")).and(not(resideInAPackage("dev.ablyauth.ably.."))))
		.should()
		.dependOnClassesThat()
		.belongToAnyOf(AblyJwtSigner.class, TokenRequestSigner.class);

	@ArchTest
	static final ArchRule onlyThePolicyGrants = noClasses()
		.that(not(JavaClass.Predicates.belongToAnyOf(Policy.class, Grant.class)))
		.should()
		.callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates
			.target(com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With
				.owner(com.tngtech.archunit.core.domain.properties.HasName.Predicates.name(Grant.class.getName()))));

	@ArchTest
	static final ArchRule timeComesIn = noClasses().should()
		.callMethod(java.time.Instant.class, "now")
		.orShould()
		.callMethod(java.time.LocalDateTime.class, "now")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod(Math.class, "random");

}
