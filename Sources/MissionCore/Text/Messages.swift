// Whoever speaks of missions says messages: they come with the core. Without the underscored word each file would have
// to import both, for the operators alone.
@_exported import Messages
