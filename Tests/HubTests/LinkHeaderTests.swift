import Testing

@testable import Hub

@Suite struct LinkHeaderTests {
    @Test(arguments: [
        (#"<https://hub/api?cursor=a%3D>; rel="next""#, "https://hub/api?cursor=a%3D"),
        (#"<https://hub/1>; rel="prev", <https://hub/3>; rel="next""#, "https://hub/3"),
        ("</2>;rel=next", "/2"), (#"</2>; title="x"; REL = "Next""#, "/2"),
        (#"</2>; rel="last""#, nil), ("</2>", nil), ("<", nil), (">; rel=next", nil), ("", nil),
    ])
    func next(value: String, target: String?) {
        #expect(LinkHeader.next(in: value) == target)
    }
}
