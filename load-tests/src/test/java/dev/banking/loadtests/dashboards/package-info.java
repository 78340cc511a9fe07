@NullMarked
package dev.banking.loadtests.dashboards;

import org.jspecify.annotations.NullMarked;
