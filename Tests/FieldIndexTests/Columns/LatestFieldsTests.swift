import FieldIndex
import Synchronization
import Testing

@Suite struct LatestFieldsTests {
    @Test func whatWasAskedForLastIsKept() {
        let fields = LatestFields<Int>(limit: 2)
        let made = Mutex<[String]>([])
        func ask(_ field: String) -> Int? {
            fields.value(field) {
                made.withLock { $0.append(field) }
                return field.count
            }
        }
        for field in ["a", "bb", "a", "ccc", "a"] { #expect(ask(field) == field.count) }
        #expect(made.withLock { $0 } == ["a", "bb", "ccc"] && fields.count == 2)
        #expect(ask("bb") == 2)
        #expect(made.withLock { $0 } == ["a", "bb", "ccc", "bb"])
        #expect(fields.value("x") { nil } == nil && fields.count == 2)
    }
}
