package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One line per decision, and what it says.
 */
class AuditTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger("audit");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private TestServer server;

	@BeforeEach
	void start() {
		this.server = TestServer.start();
		this.lines.start();
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.lines);
		this.server.close();
	}

	@Test
	void issuedThenOneLineWithAllOfIt() {
		String jti = Answers.assertJwt(get("/api/ably-jwt", TestServer.ann())).getId();
		assertThat(line()).matches("decision=issued user=ann session=jwt issuer=https://login.example.com/"
				+ " address=127.0.0.1 rules=\"\\[members, mailbox]\" key=I2E_JQ.OqUdfg clientId=ann capability=[0-9a-f]{16}"
				+ " narrowed=false format=jwt expires=20[0-9T:-]+Z jti=" + jti + " policy=[0-9a-f]{16}");
	}

	@Test
	void issuedAsTokenRequestThenTheNonceIsNamed() {
		get("/api/ably-token-request", TestServer.ann());
		assertThat(line()).contains(" format=token-request ", " nonce=").doesNotContain("jti=", "mac");
	}

	@Test
	void refusedByARuleThenOneLineWithTheRule() {
		get("/api/ably-jwt", TestServer.session("eve", Map.of("suspended", true)));
		assertThat(line()).matches("decision=refused reason=denied-by-rule message=\"Your account is suspended.\""
				+ " address=127.0.0.1 user=eve session=jwt issuer=https://login.example.com/ rule=suspended"
				+ " policy=[0-9a-f]{16}");
	}

	@Test
	void guestThenOneLineWithTheGuest() {
		try (TestServer guests = GuestServer.start()) {
			GuestServer.Guest guest = GuestServer.admit(guests);
			assertThat(line()).isEqualTo("decision=accepted user=" + guest.id() + " session=guest address=127.0.0.1");
			this.lines.list.clear();
			Answers.assertJwt(Http.get(guests.uri("/api/ably-jwt"), "Authorization", guest.asBearer()));
			assertThat(line())
				.startsWith("decision=issued user=" + guest.id() + " session=guest issuer=guest address=");
			this.lines.list.clear();
			Http.get(guests.uri("/api/ably-jwt"), "Cookie", GuestServer.COOKIE + "=bad");
			assertThat(line()).startsWith("decision=refused reason=invalid-session ").contains(" session=guest");
			this.lines.list.clear();
			Http.post(guests.uri("/api/guest"), "", "Origin", "https://evil.example");
			assertThat(line()).startsWith("decision=refused reason=foreign-origin ");
		}
	}

	@Test
	void userWhenTheNameHoldsALineBreakThenStillOneLine() {
		get("/api/ably-jwt", TestServer.session("a\ndecision=issued \u001b[31m\u2028", Map.of()));
		assertThat(line()).contains("user=\"a\\u000adecision=issued \\u001b[31m\\u2028\"")
			.doesNotContain("\n", "\u001b");
	}

	private String line() {
		List<String> messages = this.lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

	private HttpResponse<String> get(String path, String session) {
		return Http.get(this.server.uri(path), "Authorization", "Bearer " + session);
	}

}
