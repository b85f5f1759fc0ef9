# Processes that are dumped by mistake: what builds, edits and looks at programs. Syntax: see CONTRIBUTING.md. The name is what the
# report says behind "It is", with a blank for each hyphen.

tool a-Gradle-daemon name=Daemon health stats|Daemon periodic checks|Incoming local TCP Connector on port \d+
tool a-Gradle-daemon within=org.gradle.launcher.daemon.server.*,org.gradle.launcher.daemon.bootstrap.*
tool a-Gradle-client within=org.gradle.wrapper.GradleWrapperMain.main,org.gradle.launcher.GradleMain.main
tool a-Maven-daemon within=org.mvndaemon.mvnd.daemon.*
# Some plugins run the program inside Maven.
tool Maven within=org.apache.maven.cli.MavenCli.*,org.apache.maven.cling.* unless=org.codehaus.mojo.exec.*,org.eclipse.jetty.*,org.apache.tomcat.*,io.quarkus.*,org.springframework.*,io.micronaut.*
tool a-Kotlin-compiler-daemon within=org.jetbrains.kotlin.daemon.KotlinCompileDaemon*,org.jetbrains.kotlin.daemon.CompileService*
tool IntelliJ-IDEA's-build-process within=org.jetbrains.jps.cmdline.BuildMain.*
tool an-IntelliJ-IDE within=com.intellij.idea.Main.*,com.intellij.ide.IdeEventQueue.*,com.intellij.openapi.application.impl.*
tool an-IntelliJ-IDE name=ApplicationImpl pooled thread \d+
tool an-Eclipse-application within=org.eclipse.ui.internal.Workbench.*
tool a-Java-language-server within=org.eclipse.jdt.ls.core.internal.*
tool Bazel within=com.google.devtools.build.lib.*
tool VisualVM within=org.graalvm.visualvm.*,com.sun.tools.visualvm.*
tool JDK-Mission-Control within=org.openjdk.jmc.ui.*,org.openjdk.jmc.rcp.*
tool jconsole within=sun.tools.jconsole.JConsole.main,sun.tools.jconsole.JConsole.*
tool the-tool-that-takes-dumps within=sun.tools.jcmd.JCmd.main,sun.tools.jstack.JStack.main,sun.tools.jmap.JMap.main,sun.tools.jinfo.JInfo.main,sun.tools.jstat.Jstat.main,sun.tools.jps.Jps.main,sun.jvm.hotspot.SALauncher.main,sun.jvm.hotspot.tools.JStack.main
