package io.teleport.session;

/** What becomes of calls and pushes that are made while a session has no connection. */
public enum WhileRedialing {
    /** They wait, in their order, until there is a connection again, a call at the most until its deadline, a push as long as a call would. */
    WAIT,
    /** They fail at once with 102. */
    FAIL
}
