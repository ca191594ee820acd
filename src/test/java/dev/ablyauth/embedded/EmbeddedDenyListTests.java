package dev.ablyauth.embedded;

import java.time.Duration;

import com.example.sampleapp.SampleApp;
import dev.ablyauth.TestFiles;
import dev.ablyauth.revocation.DenialWish;
import dev.ablyauth.revocation.Denials;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.revocation.Target;
import dev.ablyauth.web.EmbeddedRooms;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The deny-list inside of another app: there if the app names a store.
 */
class EmbeddedDenyListTests {

	private static final String POLICY = "rules: [{name: r, grant: [{channel: \"notify:{user.id}\", operations: [subscribe]}]}]";

	@Test
	void tokenWhenTheAppNamesAStoreThenTheDeniedAreRefused() {
		try (RunningApp app = RunningApp.start(SampleApp.class, POLICY,
				"ably-auth.deny-list.url=" + TestFiles.denyList())) {
			ApplicationContext rooms = app.bean(EmbeddedRooms.class).context();
			assertThat(rooms.getBean(DenyList.class).await(Duration.ofSeconds(10))).isTrue();
			app.logIn("ann");
			assertThat(app.get("/api/ably-jwt").statusCode()).isEqualTo(200);
			rooms.getBean(Denials.class)
				.deny(new DenialWish(new Target(Target.Kind.USER_ID, "ann"), "spam", "app", null), null);
			assertThat(app.get("/api/ably-jwt").statusCode()).isEqualTo(403);
		}
	}

	@Test
	void startWhenTheAppNamesNoStoreThenNothingIsKept() {
		try (RunningApp app = RunningApp.start(SampleApp.class, POLICY)) {
			ApplicationContext rooms = app.bean(EmbeddedRooms.class).context();
			assertThat(rooms.getBeanProvider(Denials.class).getIfAvailable()).isNull();
			app.logIn("ann");
			assertThat(app.get("/api/ably-jwt").statusCode()).isEqualTo(200);
		}
	}

}
