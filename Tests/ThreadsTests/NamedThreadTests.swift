import Foundation
import Testing
import Threads

@Suite struct NamedThreadTests {
    @Test(arguments: [("prepare-0", "prepare-0"), ("inference-sentence-transformers", "inference-sente")])
    func theSystemKnowsTheName(name: String, known: String) async {
        let seen = await withCheckedContinuation { continuation in
            Thread.start(named: name) {
                continuation.resume(returning: try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8))
            }
        }
        #expect(seen == known + "\n")
    }
}
