package dev.ablyauth.web;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.ablyauth.TestServer;
import dev.ablyauth.session.SessionServer;
import org.apache.tomcat.util.threads.TaskQueue;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequestThreadsTests {

	private static final int FEW = RequestThreads.FEWEST;

	private static final int MOST = 20;

	/** So many may wait for one service. */
	private static final int HANGING = 64;

	/** Let go when the test is over. */
	private final CountDownLatch end = new CountDownLatch(1);

	private final Semaphore begun = new Semaphore(0);

	private final ThreadPoolExecutor pool = pool();

	private final RequestThreads threads = Objects.requireNonNull(RequestThreads.of(this.pool, 1));

	@AfterEach
	void stop() {
		this.end.countDown();
		this.pool.shutdownNow();
	}

	@Test
	void lookWhenAllWorkThenNoMore() throws InterruptedException {
		askMoreThanFew(5);
		this.threads.look(0);
		assertThat(this.begun.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
		assertThat(this.threads.areTooFew()).isFalse();
	}

	@Test
	void lookWhenSomeWaitThenTwoMoreForEachBeginWithWhatIsThere() throws InterruptedException {
		askMoreThanFew(8);
		this.threads.look(3);
		assertThat(this.begun.tryAcquire(6, 10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.begun.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
		assertThat(this.threads.areTooFew()).isFalse();
	}

	@Test
	void lookWhenAllWaitThenNeverMoreThanInTheSettings() throws InterruptedException {
		askMoreThanFew(MOST);
		this.threads.look(1000);
		assertThat(this.begun.tryAcquire(MOST - FEW, 10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.begun.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
		assertThat(this.threads.areTooFew()).isTrue();
	}

	/** Also while requests wait: else what waited once would count for ever. */
	@Test
	void lookWhenFewerAreEnoughForAWhileThenFewer() throws InterruptedException {
		askMoreThanFew(MOST);
		this.threads.look(MOST);
		assertThat(this.begun.tryAcquire(MOST - FEW, 10, TimeUnit.SECONDS)).isTrue();
		for (int look = 0; look < RequestThreads.CALM - 1; look++) {
			this.threads.look(1);
		}
		assertThat(this.pool.getMaximumPoolSize()).isEqualTo(MOST);
		this.threads.look(1);
		assertThat(this.pool.getMaximumPoolSize()).isEqualTo(FEW + 2);
	}

	@Test
	void ofWhenTheSettingsAllowFewerThenThose() {
		ThreadPoolExecutor other = pool();
		assertThat(RequestThreads.of(other, 100)).isNotNull();
		assertThat(other.getMaximumPoolSize()).isEqualTo(MOST);
		other.shutdownNow();
	}

	@Test
	void ofWhenAThreadIsMadeForEachRequestThenNone() {
		var executor = Executors.newSingleThreadExecutor();
		assertThat(RequestThreads.of(executor, 1)).isNull();
		executor.shutdown();
	}

	/** With the threads of the start alone they would be told so one after the other. */
	@Test
	void tokenWhenASessionServiceHangsThenTheOthersAreAnswered() throws IOException {
		try (SessionServer silent = SessionServer.start(SessionServer.silent());
				TestServer server = TestServer.start(
						"ably-auth.sessions.forward.url=http://127.0.0.1:" + silent.port() + "/me",
						"ably-auth.sessions.forward.cookie-names=sid",
						"ably-auth.sessions.forward.user-id-prefix=app-")) {
			List<Socket> clients = new ArrayList<>();
			try {
				for (int i = 0; i < HANGING; i++) {
					clients.add(Http.ask(server.uri("/"), "Cookie: sid=" + i));
				}
				long begin = System.nanoTime();
				HttpResponse<String> answer = Http.get(server.uri("/api/ably-jwt"), "Authorization",
						"Bearer " + TestServer.ann());
				assertThat(answer.statusCode()).isEqualTo(200);
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(3500));
			}
			finally {
				for (Socket client : clients) {
					client.close();
				}
			}
		}
	}

	/** Returns when all that may have begun. */
	private void askMoreThanFew(int more) throws InterruptedException {
		for (int i = 0; i < FEW + more; i++) {
			this.pool.execute(() -> {
				this.begun.release();
				try {
					this.end.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
		}
		assertThat(this.begun.tryAcquire(FEW, 10, TimeUnit.SECONDS)).isTrue();
	}

	/** As Tomcat makes it. */
	private static ThreadPoolExecutor pool() {
		TaskQueue queue = new TaskQueue();
		ThreadPoolExecutor pool = new ThreadPoolExecutor(2, MOST, 60, TimeUnit.SECONDS, queue);
		queue.setParent(pool);
		return pool;
	}

}
