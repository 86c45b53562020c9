import NIOCore
import NIOPosix
import Testing

@testable import Server

@Suite struct EventLoopExecutorTests {
    private func isOn(_ loop: any EventLoop) async -> Bool { loop.inEventLoop }

    @Test func tasksRunOnTheLoopAndComeBackToIt() async {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        await withTaskExecutorPreference(EventLoopExecutor(loop)) {
            #expect(await isOn(loop))
            await Task.yield()
            #expect(await isOn(loop))
            let elsewhere = await withTaskExecutorPreference(globalConcurrentExecutor) { await isOn(loop) }
            #expect(!elsewhere)
            #expect(await isOn(loop))
        }
    }
}
