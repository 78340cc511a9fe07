/**
 * {@code make dashboards-check}: whether each panel of the dashboards has something to show.
 *
 * <p>Promises: the running system is only read; Prometheus is a process of our own, with the
 * project's own configuration, and is gone afterwards. Does not: judge what a panel shows.
 */
@NullMarked
package dev.banking.loadtests.dashboards;

import org.jspecify.annotations.NullMarked;
