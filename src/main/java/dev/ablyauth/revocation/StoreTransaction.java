package dev.ablyauth.revocation;

import java.util.Objects;
import java.util.function.Function;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes that are made together or not at all.
 */
final class StoreTransaction {

	private final TransactionTemplate template;

	StoreTransaction(DataSource database) {
		JdbcTransactionManager manager = new JdbcTransactionManager(database);
		// Else a pool that takes the connection back could commit what could not be
		// committed.
		manager.setRollbackOnCommitFailure(true);
		this.template = new TransactionTemplate(manager);
	}

	/**
	 * Makes them. What it returns is on the disk.
	 * @throws DenialStoreException if it is not
	 */
	<T> T change(Function<TransactionStatus, @Nullable T> change) {
		try {
			return Objects.requireNonNull(this.template.execute(change::apply));
		}
		catch (DataAccessException | TransactionException ex) {
			throw DenialStoreException.of(ex);
		}
	}

}
