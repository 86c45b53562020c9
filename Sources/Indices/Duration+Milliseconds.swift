extension Duration {
    /// As answers tell times.
    public var wholeMilliseconds: Int { Int(self / .milliseconds(1)) }
}
