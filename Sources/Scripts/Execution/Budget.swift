/// What one run of a script may still do: scripts come from outside, and a loop must end.
///
/// Sources: Painless's `MAX_LOOP_COUNTER` (for a single loop); the other limits are ours, far above what scripts need.
final class Budget {
    /// Iterations of one loop.
    static let maximumIterations = 1_000_000
    /// Expressions, and elements that built-in methods look at.
    static let maximumSteps = 20_000_000
    /// Bytes of strings and lists that are made, whether or not they are let go again.
    static let maximumBytes = 128 << 20

    private var steps: Int
    private(set) var bytes: Int

    init(steps: Int = Budget.maximumSteps, bytes: Int = Budget.maximumBytes) {
        self.steps = steps
        self.bytes = bytes
    }

    func charge(_ count: Int) throws(ScriptFault) {
        steps -= count
        if steps < 0 { throw .tooMuchWork }
    }

    /// - Parameters:
    ///   - count: bytes that are kept.
    ///   - copying: bytes that are only looked at.
    func charge(bytes count: Int, copying: Int = 0) throws(ScriptFault) {
        bytes -= count
        steps -= (count + copying) >> 4
        if bytes < 0 { throw .tooMuchMemory }
        if steps < 0 { throw .tooMuchWork }
    }
}
