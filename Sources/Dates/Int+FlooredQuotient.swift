extension Int {
    /// Division that rounds towards negative infinity; `divisor` is positive.
    @inlinable
    public func flooredQuotient(_ divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
