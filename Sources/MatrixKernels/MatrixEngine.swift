internal import CMatrixKernels

/// How matrix work is done: on how many threads, with which instructions.
public struct MatrixEngine: Sendable {
    /// The number of threads that one call uses, the calling one included.
    public let threads: Int
    public let instructionSet: InstructionSet
    /// Of the layers that are made with this engine.
    let arena = WeightArena()

    /// - Parameters:
    ///   - threads: At least 1; all cores by default.
    ///   - instructionSet: Lowered to what the CPU has; the best by default.
    public init(threads: Int? = nil, instructionSet: InstructionSet? = nil) {
        self.threads = max(1, min(threads ?? Self.cores, 1024))
        self.instructionSet = min(instructionSet ?? .best, .best)
    }

    /// The cores that this process may run on.
    public static var cores: Int { max(1, Int(cm_cores())) }

    /// The memory that holds the weights of the layers which were made with this engine.
    public var weightBytes: Int { arena.bytes }

    /// Gives free memory back to the system, which keeps it otherwise: reading weights leaves holes of many megabytes.
    public static func trimMemory() { cm_trim() }

    var code: cm_isa { instructionSet.code }
    var threadCount: Int32 { Int32(threads) }
}
