internal import Dispatch
public import Foundation

extension Thread {
    /// Starts a thread under a name that the system's tools show.
    ///
    /// - Parameter name: the system keeps 15 bytes.
    public static func start(named name: String, _ body: @escaping @Sendable () -> Void) {
        // Foundation loses a name that is given before it knows of the running thread.
        let isKnown = DispatchSemaphore(value: 0)
        Thread {
            isKnown.wait()
            Thread.current.name = String(name.prefix(15))
            body()
        }.start()
        isKnown.signal()
    }
}
