internal import MatrixKernels
internal import Synchronization

/// Working memory that is used again: each call has one of its own, so an encoder may be asked from several threads at
/// once, and there are as many as there were calls at the same time.
final class ScratchPool<Scratch>: Sendable {
    /// Nobody else refers to scratch that is idle.
    private struct Idle: @unchecked Sendable {
        let scratch: Scratch
    }

    private let idle = Mutex<[Idle]>([])
    private let make: @Sendable () throws(MatrixError) -> Scratch

    init(_ make: @escaping @Sendable () throws(MatrixError) -> Scratch) { self.make = make }

    /// Gives `body` scratch that nobody else uses meanwhile.
    func withScratch<Result>(_ body: (Scratch) throws(MatrixError) -> Result) throws(EncoderError) -> Result {
        do throws(MatrixError) {
            let scratch = if let last = idle.withLock({ $0.popLast() }) { last.scratch } else { try make() }
            defer { idle.withLock { $0.append(Idle(scratch: scratch)) } }
            return try body(scratch)
        } catch {
            throw .matrix(error)
        }
    }
}
