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
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
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
		.layer("remote")
		.definedBy("dev.ablyauth.remote..")
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
		.whereLayer("remote")
		.mayNotAccessAnyLayer()
		.whereLayer("session")
		.mayOnlyAccessLayers("ably", "remote")
		.whereLayer("policy")
		.mayOnlyAccessLayers("ably", "session")
		.whereLayer("rest")
		.mayOnlyAccessLayers("ably", "session", "policy")
		.whereLayer("revocation")
		.mayOnlyAccessLayers("ably", "audit")
		.whereLayer("issuing")
		.mayOnlyAccessLayers("ably", "remote", "session", "policy", "audit", "rest", "revocation")
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
	static final ArchRule ablyKnowsTheJdkOnly = classes().that()
		.resideInAPackage("dev.ablyauth.ably..")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "dev.ablyauth.ably..");

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

	/** What nobody is to guess comes from a SecureRandom that is handed in. */
	@ArchTest
	static final ArchRule randomnessIsCryptographic = noClasses().should()
		.dependOnClassesThat()
		.belongToAnyOf(java.util.Random.class, java.util.concurrent.ThreadLocalRandom.class,
				java.util.SplittableRandom.class, java.util.random.RandomGeneratorFactory.class)
		.orShould()
		.callMethod(java.util.UUID.class, "randomUUID")
		.orShould()
		.callMethod(java.util.random.RandomGenerator.class, "getDefault")
		.orShould()
		.callMethod(java.util.random.RandomGenerator.class, "of", String.class);

	/** Of the one class that does it otherwise, the bytes are a key in a map. */
	@ArchTest
	static final ArchRule bytesAreComparedInConstantTime = noClasses().that(not(simpleName("CredentialHash")))
		.should()
		.callMethod(java.util.Arrays.class, "equals", byte[].class, byte[].class)
		.orShould()
		.callMethod(java.util.Arrays.class, "compare", byte[].class, byte[].class)
		.orShould()
		.callMethod(java.util.Arrays.class, "mismatch", byte[].class, byte[].class);

	/** Certificates and names are checked as the JDK does it. */
	@ArchTest
	static final ArchRule nobodyTouchesTls = noClasses().should()
		.dependOnClassesThat()
		.belongToAnyOf(javax.net.ssl.SSLContext.class, javax.net.ssl.TrustManager.class,
				javax.net.ssl.HostnameVerifier.class, javax.net.ssl.SSLParameters.class);

	@ArchTest
	static final ArchRule nothingIsEncrypted = noClasses().should()
		.dependOnClassesThat()
		.belongToAnyOf(javax.crypto.Cipher.class, com.nimbusds.jose.JWEObject.class,
				com.nimbusds.jose.JWEEncrypter.class, com.nimbusds.jose.JWEDecrypter.class);

	/** SpEL and scripts would run what a text says. */
	@ArchTest
	static final ArchRule nothingIsEvaluated = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.expression..", "javax.script..", "javax.naming..");

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
