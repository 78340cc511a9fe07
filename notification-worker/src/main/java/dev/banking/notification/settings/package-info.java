/**
 * What is said when the application does not start for its settings.
 *
 * <p>Promises: one sentence that names the variable, what it must be, and no secret. Does not: know
 * any setting; each is judged beside its user.
 */
@NullMarked
package dev.banking.notification.settings;

import org.jspecify.annotations.NullMarked;
